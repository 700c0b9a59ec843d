using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>Which fields a person sees with given values. A field that is not visible counts as unanswered.</summary>
public static class Visibility
{
    public static IReadOnlySet<string> Of(Form form, JsonObject values)
    {
        HashSet<string> visible = [.. form.Fields.Select(field => field.Name)];
        if (form.Fields.All(field => field.VisibleWhen is null))
        {
            return visible;
        }

        var asked = form.Fields
            .SelectMany(field => field.VisibleWhen?.Paths ?? [])
            .Select(path => path.Root)
            .ToHashSet(StringComparer.Ordinal);

        // Conditions may build on each other; each round settles at least one field, and a circle ends with the rounds.
        for (var round = 0; round < form.Fields.Count; round++)
        {
            var seen = new JsonObject(values
                .Where(value => asked.Contains(value.Key) && visible.Contains(value.Key))
                .Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone())));
            foreach (var field in form.Fields.Where(field => field.ReadOnly))
            {
                seen.Remove(field.Name); // what a person sends for it is ignored here, too
                if (field.Value is { } own && visible.Contains(field.Name))
                {
                    seen[field.Name] = own.DeepClone();
                }
            }

            HashSet<string> next =
            [
                .. form.Fields.Where(field => field.VisibleWhen?.Holds(seen) ?? true).Select(field => field.Name),
            ];
            if (next.SetEquals(visible))
            {
                break;
            }

            visible = next;
        }

        return visible;
    }
}
