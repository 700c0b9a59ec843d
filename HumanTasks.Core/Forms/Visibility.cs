using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>Determines the visible fields for given values. An invisible field counts as unanswered.</summary>
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

        var known = new JsonObject(values
            .Where(value => asked.Contains(value.Key) && form.Find(value.Key) is not { ReadOnly: true })
            .Select(value => KeyValuePair.Create(value.Key, FormInput.IsEmpty(value.Value) ? null : MomentConditions.Normal(form.Find(value.Key), value.Value))));
        foreach (var field in form.Fields.Where(field => field is { ReadOnly: true, Value: not null } && asked.Contains(field.Name)))
        {
            known[field.Name] = MomentConditions.Normal(field, field.Value); // submitted values are ignored here, too
        }

        // Values are copied once and then moved, so a circle of conditions over large values does not copy them in each
        // round.
        Dictionary<string, JsonNode?> away = new(StringComparer.Ordinal);

        // Conditions may depend on each other. Each round settles at least one field, and the number of rounds ends a
        // circle.
        for (var round = 0; round < form.Fields.Count; round++)
        {
            foreach (var name in known.Select(value => value.Key).Except(visible).ToArray())
            {
                known.Remove(name, out var hidden);
                away[name] = hidden;
            }

            foreach (var name in away.Keys.Where(visible.Contains).ToArray())
            {
                known[name] = away[name];
                away.Remove(name);
            }

            HashSet<string> next =
            [
                .. form.Fields.Where(field => field.VisibleWhen?.Holds(known) ?? true).Select(field => field.Name),
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
