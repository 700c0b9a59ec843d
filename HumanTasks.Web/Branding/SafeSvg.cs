using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HumanTasks.Web.Branding;

/// <summary>
/// Reduces an SVG to what is drawn: shapes, texts, gradients and internal references. Styles that drawing programs
/// write become attributes, so that the picture keeps its colours.
/// </summary>
internal static class SafeSvg
{
    internal const string SvgNamespace = "http://www.w3.org/2000/svg";

    private const int MaxElements = 2000;
    private const int MaxUses = 100;
    private const string XlinkNamespace = "http://www.w3.org/1999/xlink";
    private const string NoPicture = "Choose a PNG or SVG file.";

    private static readonly HashSet<string> Shapes = new(StringComparer.Ordinal)
    {
        "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "text",
    };

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient", "radialGradient",
        "stop", "clipPath", "mask", "symbol", "use", "title", "desc", "text", "tspan",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "id", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points",
        "transform", "gradientTransform", "gradientUnits", "spreadMethod", "offset", "stop-color", "stop-opacity", "fill", "fill-opacity",
        "fill-rule", "clip-rule", "clip-path", "mask", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-dasharray", "stroke-opacity", "opacity", "color", "display", "visibility", "preserveAspectRatio", "clipPathUnits",
        "maskUnits", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "letter-spacing", "dx", "dy", "role",
        "aria-label", "aria-hidden", "version",
    };

    /// <summary>The functions allowed in values; <c>url(</c> only for a part of the same picture.</summary>
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "rgb", "rgba", "hsl", "hsla", "translate", "scale", "rotate", "skewX", "skewY", "matrix",
    };

    /// <summary>Returns the picture in UTF-8, or the problem with it.</summary>
    public static (byte[]? Svg, string? Problem) Read(byte[] bytes)
    {
        if (Parse(bytes)?.Root is not { } root || root.Name != XName.Get("svg", SvgNamespace))
        {
            return (null, NoPicture);
        }

        if (root.DescendantsAndSelf().Count() > MaxElements)
        {
            return (null, $"The SVG has more than {MaxElements} elements.");
        }

        SvgStyles.Inline(root, static (name, value) => name != "id" && Attributes.Contains(name) && !LeadsOut(value));
        if (SizeOf(root) > LogoImage.MaxBytes)
        {
            return (null, "The styles of the SVG make it larger than a logo may be.");
        }

        foreach (var element in root.DescendantsAndSelf().ToArray())
        {
            if (element.Name.NamespaceName != SvgNamespace || !Elements.Contains(element.Name.LocalName))
            {
                element.Remove();
                continue;
            }

            element.ReplaceAttributes(element.Attributes().Where(IsSafe).ToArray());
        }

        if (!root.Descendants().Any(element => Shapes.Contains(element.Name.LocalName)))
        {
            return (null, "The SVG has no vector shapes. Embedded images aren't supported.");
        }

        return Multiplies(root) || SvgCost.IsTooHigh(root)
            ? (null, "The SVG reuses elements too often.")
            : (Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)), null);
    }

    private static XDocument? Parse(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Ignore, // its definitions are ignored, and using an entity is an error
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = LogoImage.MaxBytes,
            });
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>
    /// Returns the size before anything is written, because one long value of a style can repeat in every part.
    /// </summary>
    private static long SizeOf(XElement root) =>
        root.DescendantsAndSelf().Attributes().Sum(attribute => (long)attribute.Value.Length);

    /// <summary>
    /// Returns whether repeated parts contain repeated parts, which can multiply without limit. A logo needs only one
    /// level.
    /// </summary>
    private static bool Multiplies(XElement root)
    {
        var uses = root.Descendants(XName.Get("use", SvgNamespace)).ToArray();
        var shown = uses.SelectMany(use => use.Attributes().Where(SvgReferences.IsLink).Select(link => link.Value[1..])).ToHashSet(StringComparer.Ordinal);
        return uses.Length > MaxUses
            || uses.Any(use => use.AncestorsAndSelf().Any(element => (string?)element.Attribute("id") is { } id && shown.Contains(id)));
    }

    private static bool IsSafe(XAttribute attribute) =>
        attribute.IsNamespaceDeclaration ? attribute.Value is SvgNamespace or XlinkNamespace
        : SvgReferences.IsLink(attribute) ? attribute.Value.StartsWith('#')
        : attribute.Name.NamespaceName.Length == 0 && Attributes.Contains(attribute.Name.LocalName) && !LeadsOut(attribute.Value);

    /// <summary>Returns whether a value refers outside the picture. <c>url(#part)</c> refers to a part of it.</summary>
    private static bool LeadsOut(string value) =>
        value.Contains('\\', StringComparison.Ordinal)
        || value.Contains("script:", StringComparison.OrdinalIgnoreCase)
        || SvgReferences.Calls(value).Any(call => SvgReferences.IsUrl(call.Function)
            ? !call.Target.StartsWith('#')
            : !Functions.Contains(call.Function));
}
