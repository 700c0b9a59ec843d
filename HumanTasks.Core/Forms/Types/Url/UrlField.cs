using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed record Url : Field
    {
        private const int MaxLength = 2000;

        public override string Type => "url";

        internal static Url Read(FieldReader reader) => new() { Name = reader.Name, Label = reader.Name };

        internal override JsonNode Example() => "https://example.com/";

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            TextOf(given) is { Length: <= MaxLength } url
            && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
                ? (JsonValue.Create(url), null)
                : Wrong("NotAUrl");

        internal override JsonObject Schema() => FormSchema.OfType(
            "string", ("format", "uri"), ("maxLength", MaxLength), ("pattern", @"^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s\/?#:]"));
    }
}
