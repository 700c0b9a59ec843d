using System.Xml.Linq;

namespace HumanTasks.Web.Branding;

/// <summary>
/// The drawing cost of an SVG: its parts, with everything that they repeat by <c>use</c> or are drawn through by
/// <c>mask</c> and <c>clip-path</c>, counted as often as it is drawn. A few lines can require billions of parts, and
/// each mask another layer.
/// </summary>
internal sealed class SvgCost
{
    private const int MaxParts = 10_000;
    private const int MaxLayers = 100;

    private readonly Dictionary<string, XElement> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<XElement, Cost?> known = [];

    private SvgCost(XElement root)
    {
        foreach (var element in root.DescendantsAndSelf())
        {
            if ((string?)element.Attribute("id") is { } id)
            {
                targets.TryAdd(id, element);
            }
        }
    }

    /// <summary>Returns whether the picture draws more than a logo needs, or a part that contains itself.</summary>
    public static bool IsTooHigh(XElement root) =>
        new SvgCost(root).Of(root) is not { } cost || cost.Parts > MaxParts || cost.Layers > MaxLayers;

    /// <summary>
    /// Returns the cost, or null when a part contains itself. The number of parts is limited before, which bounds the
    /// recursion.
    /// </summary>
    private Cost? Of(XElement root)
    {
        var open = new Stack<(XElement Element, bool IsLeft)>();
        open.Push((root, false));
        while (open.TryPop(out var next))
        {
            var (element, isLeft) = next;
            if (isLeft)
            {
                known[element] = Sum(element);
                continue;
            }

            if (known.TryGetValue(element, out var cost))
            {
                if (cost is null)
                {
                    return null; // already open: it contains itself
                }

                continue;
            }

            known[element] = null;
            open.Push((element, true));
            foreach (var shown in element.Elements().Concat(ShownBy(element)))
            {
                if (!known.TryGetValue(shown, out var before))
                {
                    open.Push((shown, false));
                }
                else if (before is null)
                {
                    return null;
                }
            }
        }

        return known[root];
    }

    private Cost Sum(XElement element)
    {
        if (element.Name.LocalName is "linearGradient" or "radialGradient")
        {
            return new Cost(1, 0); // only a colour, whatever it consists of
        }

        var parts = 1L;
        var layers = element.Attributes().LongCount(NeedsLayer);
        foreach (var shown in element.Elements().Concat(ShownBy(element)))
        {
            parts += known[shown]!.Value.Parts;
            layers += known[shown]!.Value.Layers;
        }

        return new Cost(Math.Min(parts, int.MaxValue), Math.Min(layers, int.MaxValue));
    }

    private IEnumerable<XElement> ShownBy(XElement element) => element.Attributes()
        .SelectMany(SvgReferences.Of)
        .Select(targets.GetValueOrDefault)
        .OfType<XElement>();

    private static bool NeedsLayer(XAttribute attribute) => attribute.Name.LocalName switch
    {
        "mask" or "clip-path" => attribute.Value is not "none",
        "opacity" => attribute.Parent!.HasElements,
        _ => false,
    };

    private readonly record struct Cost(long Parts, long Layers);
}
