using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace HumanTasks.Web.Branding;

/// <summary>
/// An SVG reduced to what is drawn: shapes, texts, gradients and references within it. What programs for drawing put into
/// styles becomes attributes, so that the picture keeps its colours.
/// </summary>
internal static partial class SafeSvg
{
    private const int MaxElements = 2000;
    private const int MaxUses = 100;
    private const int MaxRules = 500;
    private const int MaxSelectors = 50;
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XlinkNamespace = "http://www.w3.org/1999/xlink";
    private const string NoPicture = "This is neither a PNG nor an SVG.";

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

    /// <summary>What may stand before a bracket in a value; <c>url(</c> only with a part of the same picture.</summary>
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "rgb", "rgba", "hsl", "hsla", "translate", "scale", "rotate", "skewX", "skewY", "matrix",
    };

    /// <summary>The picture in UTF-8, or what is wrong with it.</summary>
    public static (byte[]? Svg, string? Problem) Read(byte[] bytes)
    {
        if (Parse(bytes)?.Root is not { } root || root.Name != XName.Get("svg", SvgNamespace))
        {
            return (null, NoPicture);
        }

        if (root.DescendantsAndSelf().Count() > MaxElements)
        {
            return (null, "The SVG has too many parts.");
        }

        Inline(root);
        foreach (var element in root.DescendantsAndSelf().ToArray())
        {
            if (element.Name.NamespaceName != SvgNamespace || !Elements.Contains(element.Name.LocalName))
            {
                element.Remove();
                continue;
            }

            foreach (var attribute in element.Attributes().Where(attribute => !IsSafe(attribute)).ToArray())
            {
                attribute.Remove();
            }
        }

        if (!root.Descendants().Any(element => Shapes.Contains(element.Name.LocalName)))
        {
            return (null, "Nothing is drawn in this SVG: pictures within it are not kept.");
        }

        return Multiplies(root)
            ? (null, "The SVG repeats its parts too often.")
            : (Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)), null);
    }

    private static XDocument? Parse(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Ignore, // what it defines is not there, and an entity of it is an error
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

    /// <summary>Parts that show parts that show parts draw without end: one level of repetition is enough for a logo.</summary>
    private static bool Multiplies(XElement root)
    {
        var uses = root.Descendants(XName.Get("use", SvgNamespace)).ToArray();
        var shown = uses.SelectMany(use => use.Attributes().Where(IsLink).Select(link => link.Value[1..])).ToHashSet(StringComparer.Ordinal);
        return uses.Length > MaxUses
            || uses.Any(use => use.AncestorsAndSelf().Any(element => (string?)element.Attribute("id") is { } id && shown.Contains(id)));
    }

    /// <summary>Styles as the attributes that mean the same: first those of the sheet, then an element's own.</summary>
    private static void Inline(XElement root)
    {
        var rules = root.Descendants(XName.Get("style", SvgNamespace))
            .SelectMany(sheet => AtRules().Replace(WithoutComments(sheet.Value), " ").Split('}'))
            .Select(rule => rule.Split('{'));
        foreach (var rule in rules.Where(rule => rule.Length == 2).Take(MaxRules))
        {
            var selectors = rule[0].Split(',', MaxSelectors, StringSplitOptions.TrimEntries);
            foreach (var element in root.DescendantsAndSelf().Where(element => selectors.Any(selector => Selects(selector, element))))
            {
                Declare(element, rule[1]);
            }
        }

        foreach (var element in root.DescendantsAndSelf())
        {
            Declare(element, (string?)element.Attribute("style"));
        }
    }

    private static string WithoutComments(string sheet)
    {
        var kept = new StringBuilder();
        for (var rest = sheet.AsSpan(); ;)
        {
            var start = rest.IndexOf("/*", StringComparison.Ordinal);
            if (start < 0)
            {
                return kept.Append(rest).ToString();
            }

            kept.Append(rest[..start]).Append(' ');
            rest = rest[(start + 2)..];
            var end = rest.IndexOf("*/", StringComparison.Ordinal);
            if (end < 0)
            {
                return kept.ToString();
            }

            rest = rest[(end + 2)..];
        }
    }

    private static bool Selects(string selector, XElement element) => selector.Length > 1 && selector[0] switch
    {
        '.' => ((string?)element.Attribute("class"))?.Split(' ').Contains(selector[1..]) == true,
        '#' => (string?)element.Attribute("id") == selector[1..],
        _ => element.Name.LocalName == selector,
    };

    private static void Declare(XElement element, string? declarations)
    {
        foreach (var declaration in declarations?.Split(';') ?? [])
        {
            if (declaration.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var value]
                && Attributes.Contains(name) && name != "id" && !LeadsOut(value))
            {
                element.SetAttributeValue(name, value.Replace("!important", "", StringComparison.Ordinal).Trim());
            }
        }
    }

    private static bool IsSafe(XAttribute attribute) =>
        attribute.IsNamespaceDeclaration ? attribute.Value is SvgNamespace or XlinkNamespace
        : IsLink(attribute) ? attribute.Value.StartsWith('#')
        : attribute.Name.NamespaceName.Length == 0 && Attributes.Contains(attribute.Name.LocalName) && !LeadsOut(attribute.Value);

    private static bool IsLink(XAttribute attribute) =>
        attribute.Name.LocalName == "href" && attribute.Name.NamespaceName is "" or XlinkNamespace;

    /// <summary>A reference to a part of the same picture is <c>url(#part)</c>; everything else of the kind leads outside.</summary>
    private static bool LeadsOut(string value) =>
        value.Contains('\\', StringComparison.Ordinal)
        || value.Contains("script:", StringComparison.OrdinalIgnoreCase)
        || Calls().Matches(value).Any(call => call.Groups[1].Value.Equals("url", StringComparison.OrdinalIgnoreCase)
            ? call.Groups[2].Value != "#"
            : !Functions.Contains(call.Groups[1].Value));

    [GeneratedRegex(@"([\w-]*)\s*\(\s*[""']?(#?)")]
    private static partial Regex Calls();

    [GeneratedRegex(@"@[^{};@]*(\{([^{}]*\{[^{}]*\})*[^{}]*\}|;)")]
    private static partial Regex AtRules();
}
