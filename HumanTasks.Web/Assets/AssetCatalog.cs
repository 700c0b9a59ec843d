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

    private static FrozenDictionary<string, Asset> Load() => typeof(AssetCatalog).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
        .Select(resource => resource[Folder.Length..])
        .ToFrozenDictionary(name => name, name => Asset.Of(name, Encoding.UTF8.GetBytes(Whole(name, []))), StringComparer.Ordinal);

    /// <summary>
    /// Returns an asset with the modules that it imports in place of their names, so that a page asks for one. Their own names
    /// must differ.
    /// </summary>
    private static string Whole(string name, HashSet<string> modules)
    {
        using var source = typeof(AssetCatalog).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"There is no embedded asset '{name}'.");
        using var reader = new StreamReader(source);
        var own = Import().Replace(
            reader.ReadToEnd(),
            import => modules.Add(import.Groups[1].Value) ? Export().Replace(Whole(import.Groups[1].Value, modules), "") : "");
        return PassedOn().Replace(own, ";");
    }

    [GeneratedRegex(@"^import \{[^}]*\} from '\./([a-z]+\.js)';\n", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?=const|let|function|async)", RegexOptions.Multiline)]
    private static partial Regex Export();

    /// <summary>What a module exports of another one that now stands in it.</summary>
    [GeneratedRegex(@"(?<=^export \{[^}]*\}) from '\./[a-z]+\.js';", RegexOptions.Multiline)]
    private static partial Regex PassedOn();
}
