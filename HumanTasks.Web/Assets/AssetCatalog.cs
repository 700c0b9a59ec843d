using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Web.Assets;

/// <summary>The files under <c>/assets</c>.</summary>
internal static partial class AssetCatalog
{
    private const string Folder = "Assets/";

    private static readonly Lazy<FrozenDictionary<string, Asset>> ByName = new(Load);

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

    private static FrozenDictionary<string, Asset> Load()
    {
        Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
        foreach (var resource in typeof(AssetCatalog).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            Load(resource[Folder.Length..], assets);
        }

        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Loads an asset after the modules that it imports, whose names get their hashes.</summary>
    private static Asset Load(string name, Dictionary<string, Asset> assets)
    {
        if (!assets.TryGetValue(name, out var asset))
        {
            using var source = typeof(AssetCatalog).Assembly.GetManifestResourceStream(Folder + name)
                ?? throw new InvalidOperationException($"There is no embedded asset '{name}'.");
            using var reader = new StreamReader(source);
            var text = Import().Replace(reader.ReadToEnd(), module => Load(module.Value, assets).FileName);
            assets[name] = asset = Asset.Of(name, Encoding.UTF8.GetBytes(text));
        }

        return asset;
    }

    [GeneratedRegex(@"(?<=from '\./)[a-z]+\.js(?=';)")]
    private static partial Regex Import();
}
