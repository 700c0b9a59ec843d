using System.Xml.Linq;

namespace HumanTasks.Web.Branding;

/// <summary>Reads the functions and references in the values of an SVG, in one pass.</summary>
internal static class SvgReferences
{
    private const string XlinkNamespace = "http://www.w3.org/1999/xlink";

    public static bool IsLink(XAttribute attribute) =>
        attribute.Name.LocalName == "href" && attribute.Name.NamespaceName is "" or XlinkNamespace;

    /// <summary>
    /// Returns the IDs of the parts of the same picture that an attribute refers to: <c>#part</c> of a link,
    /// <c>url(#part)</c> elsewhere.
    /// </summary>
    public static IEnumerable<string> Of(XAttribute attribute) => IsLink(attribute)
        ? [attribute.Value.Trim().TrimStart('#')]
        : Calls(attribute.Value).Where(call => IsUrl(call.Function) && call.Target.StartsWith('#')).Select(call => call.Target[1..]);

    public static bool IsUrl(string function) => function.Equals("url", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns each <c>function(target)</c>, the target without quotation marks.</summary>
    public static IEnumerable<(string Function, string Target)> Calls(string value)
    {
        var from = 0;
        for (var bracket = value.IndexOf('(', StringComparison.Ordinal); bracket >= 0; bracket = value.IndexOf('(', from))
        {
            var end = bracket;
            while (end > from && char.IsWhiteSpace(value[end - 1]))
            {
                end--;
            }

            var start = end;
            while (start > from && (char.IsLetterOrDigit(value[start - 1]) || value[start - 1] is '-' or '_'))
            {
                start--;
            }

            from = bracket + 1;
            var close = value.AsSpan(from).IndexOfAny('(', ')');
            var target = close < 0 ? value[from..] : value[from..(from + close)];
            yield return (value[start..end], target.Trim().Trim('"', '\'').Trim());
        }
    }
}
