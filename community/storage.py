"""Static files under names that hold their content's hash, so that browsers may keep them for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedModules(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = True
