using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>Converts the values of a form to the answer that a schema asked for, with the schema's types.</summary>
internal abstract record Binding
{
    private Binding()
    {
    }

    /// <summary>Returns whether the person gave a value, and the value.</summary>
    /// <param name="values">The values of the form, or of a row.</param>
    public abstract (bool Given, JsonNode? Value) Read(JsonObject values);

    /// <summary>Puts a value of the schema into the fields as their prefilled value.</summary>
    public abstract void Fill(JsonNode? value, JsonObject values);

    /// <summary>One field.</summary>
    /// <param name="Field">The field's name.</param>
    /// <param name="Choices">The value of each option, for a choice.</param>
    /// <param name="Unticked">Whether a missing value means false, as for an unticked box.</param>
    public sealed record Scalar(string Field, IReadOnlyDictionary<string, JsonNode>? Choices = null, bool Unticked = false) : Binding
    {
        public override (bool Given, JsonNode? Value) Read(JsonObject values) => values[Field] is { } value
            ? (true, Original(Choices, value))
            : (Unticked, Unticked ? false : null);

        public override void Fill(JsonNode? value, JsonObject values)
        {
            if (value is not null)
            {
                values[Field] = OptionOf(Choices, value);
            }
        }
    }

    /// <summary>One field with several choices.</summary>
    public sealed record Many(string Field, IReadOnlyDictionary<string, JsonNode> Choices) : Binding
    {
        public override (bool Given, JsonNode? Value) Read(JsonObject values) => values[Field] is JsonArray list
            ? (true, new JsonArray([.. list.Select(item => Original(Choices, item!))]))
            : (false, null);

        public override void Fill(JsonNode? value, JsonObject values)
        {
            if (value is JsonArray list)
            {
                values[Field] = new JsonArray([.. list.Where(item => item is not null).Select(item => OptionOf(Choices, item!))]);
            }
        }
    }

    /// <summary>A table: a list of objects, or of single values.</summary>
    /// <param name="Field">The field's name.</param>
    /// <param name="Row">The binding of a row to an entry.</param>
    /// <param name="Unique">Whether duplicate entries are removed.</param>
    /// <param name="Switch">The box that says whether the list exists.</param>
    public sealed record Rows(string Field, Binding Row, bool Unique, string? Switch) : Binding
    {
        public override (bool Given, JsonNode? Value) Read(JsonObject values)
        {
            if (!IsOn(values, Switch) || values[Field] is not JsonArray rows)
            {
                return (false, null);
            }

            var list = new JsonArray();
            foreach (var row in rows.OfType<JsonObject>())
            {
                var (given, value) = Row.Read(row);
                if (given && !(Unique && list.Any(known => JsonNode.DeepEquals(known, value))))
                {
                    list.Add(value);
                }
            }

            return (true, list);
        }

        public override void Fill(JsonNode? value, JsonObject values)
        {
            if (value is not JsonArray { Count: > 0 } list)
            {
                return;
            }

            var rows = new JsonArray();
            foreach (var item in list)
            {
                var row = new JsonObject();
                Row.Fill(item, row);
                rows.Add((JsonNode)row);
            }

            values[Field] = rows;
            Tick(values, Switch);
        }
    }

    /// <summary>An object.</summary>
    /// <param name="Members">The object's members.</param>
    /// <param name="Switch">The box that says whether the object exists.</param>
    /// <param name="Always">Whether the object exists even without any value.</param>
    public sealed record Group(IReadOnlyList<Member> Members, string? Switch, bool Always) : Binding
    {
        public override (bool Given, JsonNode? Value) Read(JsonObject values)
        {
            if (!IsOn(values, Switch))
            {
                return (false, null);
            }

            var result = new JsonObject();
            var any = false;
            foreach (var member in Members)
            {
                var (given, value) = member.Binding.Read(values);
                any |= given;
                if (given || (member.Required && member.Nullable))
                {
                    result[member.Name] = value;
                }
                else if (member is { Required: true, Binding: Many or Rows })
                {
                    result[member.Name] = new JsonArray();
                }
            }

            return Always || Switch is not null || any ? (true, result) : (false, null);
        }

        public override void Fill(JsonNode? value, JsonObject values)
        {
            if (value is not JsonObject given)
            {
                return;
            }

            foreach (var member in Members.Where(member => given.ContainsKey(member.Name)))
            {
                member.Binding.Fill(given[member.Name], values);
            }

            Tick(values, Switch);
        }
    }

    /// <summary>A member of an object.</summary>
    public sealed record Member(string Name, Binding Binding, bool Required, bool Nullable);

    private static bool IsOn(JsonObject values, string? name) =>
        name is null || values[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    private static void Tick(JsonObject values, string? name)
    {
        if (name is not null)
        {
            values[name] = true;
        }
    }

    private static JsonNode Original(IReadOnlyDictionary<string, JsonNode>? choices, JsonNode value) =>
        (SchemaReader.TextOf(value) is { } option && choices?.TryGetValue(option, out var chosen) == true ? chosen : value).DeepClone();

    private static JsonNode OptionOf(IReadOnlyDictionary<string, JsonNode>? choices, JsonNode value) =>
        choices?.FirstOrDefault(choice => JsonNode.DeepEquals(choice.Value, value)).Key is { } option ? option : value.DeepClone();
}
