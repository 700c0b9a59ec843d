using System.Collections.Frozen;

namespace HumanTasks.Web.Assets;

/// <summary>The files under <c>/assets</c>.</summary>
internal static class AssetCatalog
{
    private static readonly Lazy<FrozenDictionary<string, Asset>> ByName = new(() => typeof(AssetCatalog).Assembly
        .GetManifestResourceNames()
        .Where(resource => resource.StartsWith("Assets/", StringComparison.Ordinal))
        .Select(resource => Asset.Load(resource["Assets/".Length..]))
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal));

    public static Asset Get(string name) => ByName.Value[name];

    /// <summary>Returns the address of an asset by its name without hash.</summary>
    public static string PathOf(string name) => $"/assets/{ByName.Value[name].FileName}";

    /// <summary>
    /// Returns the asset for a file name in a link, and whether the name has the current hash. A page that was rendered
    /// before an update still gets its stylesheet.
    /// </summary>
    public static (Asset Asset, bool IsCurrent)? Find(string fileName)
    {
        var parts = fileName.Split('.');
        return parts.Length == 3 && ByName.Value.TryGetValue($"{parts[0]}.{parts[2]}", out var asset)
            ? (asset, asset.FileName == fileName)
            : null;
    }
}
