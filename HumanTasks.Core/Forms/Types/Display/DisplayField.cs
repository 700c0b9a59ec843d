using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    /// <summary>A display without input: Markdown, or an image or PDF from the run's files or context.</summary>
    public sealed record DisplayOnly : Field
    {
        private const string DataScheme = "data:";
        private const string Base64Mark = ";base64,";

        /// <summary>The media types shown within the page. Others are offered for download.</summary>
        public static readonly IReadOnlyList<string> Inline = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"];

        public override string Type => "display";

        public override bool TakesInput => false;

        /// <summary>The Markdown; null for a file.</summary>
        public string? Markdown { get; init; }

        /// <summary>The uploaded file in the value; null if the value is not one.</summary>
        public FileValue? Uploaded => FileValue.TryRead(Value);

        /// <summary>
        /// Returns the type and bytes of a data URL (RFC 2397) in the value; null if the value is not one.
        /// </summary>
        public (string ContentType, byte[] Bytes)? Data() => DataOf(Value);

        public string? ContentType => Uploaded?.ContentType ?? TypeOf(Value);

        internal static DisplayOnly Read(FieldReader reader)
        {
            var members = reader.Members;
            var markdown = reader.Text("markdown", FormReader.MaxTextLength);
            var value = members.Any("value");
            if (markdown is null == value is null)
            {
                members.Refuse("markdown", "Set 'markdown', or a file or data URL in 'value'.");
            }

            if (value is not null && members.Problems.Literal)
            {
                members.Refuse("value", "Models can show Markdown only, not files.");
            }

            // a template's value is known only when the task is created
            if (value is { } given && members.Problems.Resolved)
            {
                var node = JsonNode.Parse(given.GetRawText());
                if (FileValue.TryRead(node) is null && TypeOf(node) is null)
                {
                    members.Refuse("value", "Must be an uploaded file, or the data URL of an image or PDF.");
                }
            }

            return new DisplayOnly { Name = reader.Name, Label = reader.Name, Markdown = markdown };
        }

        internal static JsonObject Members() => new()
        {
            ["markdown"] = FormSchema.OfType("string", ("description", "The Markdown to show.")),
        };

        // a grey square: PNG, 8 by 8
        internal override JsonNode Example() =>
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mM4AAUMlDEAwKIwAcWteRkAAAAASUVORK5CYII=";

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) => Wrong("NoAnswer");

        internal override JsonObject Schema() => [];

        private static string? TypeOf(JsonNode? value) =>
            JsonValues.TryText(value, out var text) && text.StartsWith(DataScheme, StringComparison.Ordinal)
            && text.IndexOf(Base64Mark, StringComparison.Ordinal) is > 0 and var end
            && text[DataScheme.Length..end] is var type && Inline.Contains(type)
                ? type
                : null;

        private static (string ContentType, byte[] Bytes)? DataOf(JsonNode? value)
        {
            if (TypeOf(value) is not { } type || !JsonValues.TryText(value, out var text))
            {
                return null;
            }

            var encoded = text[(DataScheme.Length + type.Length + Base64Mark.Length)..];
            var bytes = new byte[encoded.Length];
            return Convert.TryFromBase64String(encoded, bytes, out var length) && FileContent.Is(bytes.AsSpan(0, length), type)
                ? (type, bytes[..length])
                : null;
        }
    }
}
