using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Conditions on date, time and moment fields. Values and operands have several notations and are compared in normal
/// form.
/// </summary>
internal static class MomentConditions
{
    /// <summary>Returns the condition with the operands of such fields in normal form.</summary>
    public static Condition Normal(Condition condition, IReadOnlyList<Field> fields) => condition switch
    {
        Condition.All all => new Condition.All([.. all.Of.Select(part => Normal(part, fields))]),
        Condition.Any any => new Condition.Any([.. any.Of.Select(part => Normal(part, fields))]),
        Condition.Not not => new Condition.Not(Normal(not.Of, fields)),
        Condition.Compare { Op: not Comparison.Exists } compare when Target(compare.Path, fields) is Field.Moment moment =>
            compare with { Value = compare.Value is JsonArray list ? new JsonArray([.. list.Select(item => Normal(moment, item, isBound: true))]) : Normal(moment, compare.Value, isBound: true) },
        _ => condition,
    };

    /// <summary>Returns a value as conditions compare it: moments in normal form, empty cells as null.</summary>
    public static JsonNode? Normal(Field? field, JsonNode? value) => field switch
    {
        Field.Moment moment => Normal(moment, value, isBound: false),
        Field.Table table when value is JsonArray rows => new JsonArray([.. rows.Select(row => row is not JsonObject cells ? row?.DeepClone()
            : new JsonObject(cells.Select(cell => KeyValuePair.Create(
                cell.Key, FormInput.IsEmpty(cell.Value) ? null : Normal(table.Columns.FirstOrDefault(column => column.Name == cell.Key), cell.Value)))))]),
        _ => value?.DeepClone(),
    };

    /// <summary>Returns the field that a path leads to, or the column of a table cell.</summary>
    public static Field? Target(ContextPath path, IReadOnlyList<Field> fields)
    {
        var parts = path.Text.Split('.');
        var field = fields.FirstOrDefault(one => one.Name == parts[0]);
        return parts.Length == 1 ? field
            : parts.Length == 3 && field is Field.Table table ? table.Columns.FirstOrDefault(column => column.Name == parts[2])
            : null;
    }

    private static JsonNode? Normal(Field.Moment field, JsonNode? value, bool isBound)
    {
        if (!JsonValues.TryText(value, out var text))
        {
            return value?.DeepClone();
        }

        text = text.Trim();
        return Moments.TryNormalize(field.Kind, text, field.Zone, out var normal)
            || (isBound && field.Kind == MomentKind.DateTime && TryClock(text, field.Zone, out normal))
            ? JsonValue.Create(normal)
            : value!.DeepClone();
    }

    /// <summary>
    /// Reads a day as its midnight in the zone. A time that the clocks skip becomes the first moment after it.
    /// </summary>
    private static bool TryClock(string text, TimeZoneInfo zone, out string normal)
    {
        normal = text;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        var most = local.Add(TimeSpan.FromDays(1) < DateTime.MaxValue - local ? TimeSpan.FromDays(1) : TimeSpan.Zero);
        while (zone.IsInvalidTime(local) && local < most)
        {
            local = local.AddMinutes(1);
        }

        return Moments.TryNormalize(MomentKind.DateTime, local.ToString("s", CultureInfo.InvariantCulture), zone, out normal);
    }
}
