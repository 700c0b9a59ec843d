using System.Text;
using System.Xml.Linq;

namespace HumanTasks.Web.Branding;

/// <summary>
/// Converts the styles of an SVG to equivalent attributes: first those of its style sheets, then an element's own. The
/// time grows with the size of the picture, whatever its rules and selectors: every rule is read once, and an element
/// looks up the rules of its name, its ID and its classes.
/// </summary>
internal static class SvgStyles
{
    private const int MaxRules = 500;
    private const int MaxSelectors = 50;

    /// <summary>Converts the styles.</summary>
    /// <param name="root">The picture, changed in place.</param>
    /// <param name="isKept">Whether a declaration, by name and value, may become an attribute.</param>
    public static void Inline(XElement root, Func<string, string, bool> isKept)
    {
        var styles = Read(root, isKept);
        foreach (var element in root.DescendantsAndSelf())
        {
            var declared = new Dictionary<string, Declared>(StringComparer.Ordinal);
            foreach (var selector in SelectorsOf(element))
            {
                foreach (var (name, later) in styles.GetValueOrDefault(selector) ?? [])
                {
                    if (!declared.TryGetValue(name, out var earlier) || earlier.Rule < later.Rule)
                    {
                        declared[name] = later;
                    }
                }
            }

            foreach (var (name, value) in Declarations((string?)element.Attribute("style"), isKept))
            {
                declared[name] = new Declared(int.MaxValue, value);
            }

            foreach (var (name, (_, value)) in declared)
            {
                element.SetAttributeValue(name, value);
            }
        }
    }

    /// <summary>Returns the declarations of each simple selector, the last one of each name.</summary>
    private static Dictionary<string, Dictionary<string, Declared>> Read(XElement root, Func<string, string, bool> isKept)
    {
        var styles = new Dictionary<string, Dictionary<string, Declared>>(StringComparer.Ordinal);
        var rules = root.Descendants(XName.Get("style", SafeSvg.SvgNamespace))
            .SelectMany(sheet => WithoutAtRules(WithoutComments(sheet.Value)).Split('}'))
            .Select(rule => rule.Split('{'))
            .Where(rule => rule.Length == 2)
            .Take(MaxRules);
        foreach (var (number, rule) in rules.Index())
        {
            var declarations = Declarations(rule[1], isKept);
            foreach (var selector in rule[0].Split(',', MaxSelectors, StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal))
            {
                if (selector.Length < 2)
                {
                    continue;
                }

                if (!styles.TryGetValue(selector, out var declared))
                {
                    styles[selector] = declared = new(StringComparer.Ordinal);
                }

                foreach (var (name, value) in declarations)
                {
                    declared[name] = new Declared(number, value);
                }
            }
        }

        return styles;
    }

    private static IEnumerable<string> SelectorsOf(XElement element)
    {
        yield return element.Name.LocalName;
        if ((string?)element.Attribute("id") is { Length: > 0 } id)
        {
            yield return $"#{id}";
        }

        foreach (var name in ((string?)element.Attribute("class"))?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal) ?? [])
        {
            yield return $".{name}";
        }
    }

    /// <summary>Returns the last value of each name that may be kept.</summary>
    private static Dictionary<string, string> Declarations(string? text, Func<string, string, bool> isKept)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var declaration in text?.Split(';') ?? [])
        {
            if (declaration.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var value] && isKept(name, value))
            {
                kept[name] = value.Replace("!important", "", StringComparison.Ordinal).Trim();
            }
        }

        return kept;
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

    /// <summary>
    /// Removes each at-rule, from <c>@</c> to its <c>;</c> or to the end of its block with all nested blocks.
    /// </summary>
    private static string WithoutAtRules(string sheet)
    {
        var kept = new StringBuilder();
        var depth = 0;
        var isWithin = false;
        foreach (var character in sheet)
        {
            if (!isWithin)
            {
                isWithin = character == '@';
                kept.Append(isWithin ? ' ' : character);
                continue;
            }

            depth += character switch { '{' => 1, '}' => -1, _ => 0 };
            isWithin = depth > 0 || character is not (';' or '}');
            depth = Math.Max(depth, 0);
        }

        return kept.ToString();
    }

    /// <summary>A declared value.</summary>
    /// <param name="Rule">The number of the rule; a later one takes precedence.</param>
    private readonly record struct Declared(int Rule, string Value);
}
