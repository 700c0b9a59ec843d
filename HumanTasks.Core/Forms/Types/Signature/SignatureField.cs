using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    /// <summary>
    /// A name typed under a statement as consent. Both are stored in the values, and so in the signed receipt.
    /// </summary>
    public sealed record Signature : Field
    {
        private const int MinLength = 2;
        private const int MaxLength = 200;

        private const string Any = @"[^\u0000-\u001F\u007F-\u009F]";
        private const string Seen = $@"[^\u0000-\u001F\u007F-\u009F{BlankText.Characters}]";

        public override string Type => "signature";

        /// <summary>The statement that the person signs.</summary>
        public required string Consent { get; init; }

        internal static Signature Read(FieldReader reader)
        {
            if (reader.Members.Any("consent") is null)
            {
                reader.Members.Refuse("consent", "'consent' is required: the statement the person signs.");
            }

            return new Signature { Name = reader.Name, Label = reader.Name, Consent = reader.Text("consent", 5000) ?? "" };
        }

        internal static JsonObject Members() => new()
        {
            ["consent"] = FormSchema.OfType("string", ("description", "The statement that the person signs by typing their name.")),
        };

        internal override JsonNode Example() => "Sam Example";

        /// <summary>Accepts a name or <c>{ "name": … }</c>, and returns it with the statement.</summary>
        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            var name = TextOf(given is JsonObject members ? members["name"] ?? given : given);
            return name is null || BlankText.Is(name) || CodePoints.Count(name) is < MinLength or > MaxLength || name.Any(char.IsControl)
                ? Wrong("NotASignature")
                : (new JsonObject { ["name"] = name, ["consent"] = Consent }, null);
        }

        // two visible characters and no control characters
        internal override JsonObject Schema() => FormSchema.OfType(
            "string", ("minLength", MinLength), ("maxLength", MaxLength), ("pattern", $"^{Any}*{Seen}{Any}*{Seen}{Any}*$"), ("description", Consent));

        /// <summary>Returns the name in a value; null if there is none.</summary>
        public static string? NameIn(JsonNode? value) =>
            JsonValues.TryText(value is JsonObject members ? members["name"] : value, out var name) ? name : null;
    }
}
