using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed record Email : Field
    {
        public override string Type => "email";

        internal static Email Read(FieldReader reader) => new() { Name = reader.Name, Label = reader.Name };

        internal override JsonNode Example() => "sam@example.com";

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            TextOf(given) is { } email && EmailAddresses.Are(email) ? (JsonValue.Create(email), null) : Wrong("NotAnEmail");

        // the format allows numeric top-level domains and local parts of any length
        internal override JsonObject Schema() => FormSchema.OfType(
            "string", ("format", "email"), ("maxLength", EmailAddresses.MaxLength), ("pattern", @"^[^@]{1,64}@.+\.[^.]*[^.0-9][^.]*$"));
    }
}
