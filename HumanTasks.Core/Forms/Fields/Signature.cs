using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    /// <summary>
    /// A name that somebody types under a text to which they consent. Both stand in the values, and so in the receipt that is
    /// signed over them.
    /// </summary>
    public sealed record Signature : Field
    {
        private const int MinLength = 2;
        private const int MaxLength = 200;

        public override string Type => "signature";

        /// <summary>To what somebody consents by their name.</summary>
        public required string Consent { get; init; }

        internal static Signature Read(FieldReader reader)
        {
            if (reader.Members.Any("consent") is null)
            {
                reader.Members.Refuse("consent", "'consent' is required: to what somebody puts their name.");
            }

            return new Signature { Name = reader.Name, Label = reader.Name, Consent = reader.Text("consent", 5000) ?? "" };
        }

        internal static JsonObject Members() => new()
        {
            ["consent"] = FormSchema.OfType("string", ("description", "To what somebody consents by typing their name.")),
        };

        /// <summary>A name, or <c>{ "name": … }</c>; kept with the text that stood above it.</summary>
        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            var name = TextOf(given is JsonObject members ? members["name"] ?? given : given);
            return name is not { Length: >= MinLength and <= MaxLength } || name.Any(char.IsControl)
                ? Wrong("NotASignature")
                : (new JsonObject { ["name"] = name, ["consent"] = Consent }, null);
        }

        internal override JsonObject Schema() => FormSchema.OfType(
            "string", ("minLength", MinLength), ("maxLength", MaxLength), ("description", Consent));

        /// <summary>The name in a value; null for another.</summary>
        public static string? NameIn(JsonNode? value) =>
            JsonValues.TryText(value is JsonObject members ? members["name"] : value, out var name) ? name : null;
    }
}
