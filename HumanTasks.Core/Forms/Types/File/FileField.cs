using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed partial record File : Field
    {
        public override string Type => "file";

        public IReadOnlyList<string> Accept { get; init; } = [];

        /// <summary>
        /// The maximum size of each file, in bytes. The host's upload limit is the default and the maximum.
        /// </summary>
        public long? MaxBytes { get; init; }

        public bool Multiple { get; init; }

        public int MaxFiles { get; init; } = 1;

        /// <summary>
        /// Whether a model that asked for the file may read its content; otherwise it gets only name, type and size.
        /// </summary>
        public bool Readable { get; init; }

        internal static File Read(FieldReader reader)
        {
            var members = reader.Members;
            List<string> accept = [];
            foreach (var (entry, pointer) in members.TextsAt("accept", 50, 100))
            {
                accept.Add(entry);
                if (!AcceptEntry().IsMatch(entry))
                {
                    members.Problems.Add(
                        pointer, $"'{entry}' is neither a file extension such as .pdf nor a media type such as image/*.");
                }
            }

            var multiple = members.Flag("multiple") ?? false;
            var maxFiles = members.Integer("maxFiles", 1, FormReader.MaxFiles);
            if (maxFiles > 1 && !multiple)
            {
                members.Refuse("maxFiles", "'maxFiles' above 1 needs 'multiple'.");
            }

            var maxBytes = members.Integer("maxBytes", 1, int.MaxValue);
            if (members.Any("value") is not null)
            {
                members.Refuse("value", "File fields can't be prefilled.");
            }

            return new File
            {
                Name = reader.Name,
                Label = reader.Name,
                Accept = accept,
                MaxBytes = maxBytes,
                Multiple = multiple,
                MaxFiles = multiple ? maxFiles ?? FormReader.MaxFiles : 1,
                Readable = members.Flag("readable") ?? false,
            };
        }

        internal override AnswerShape Shape => Multiple ? AnswerShape.List : AnswerShape.Object;

        internal static JsonObject Members() => new()
        {
            ["accept"] = FormSchema.OfType(
                "array", ("items", FormSchema.OfType("string", ("description", "An extension such as .pdf or a media type such as image/*.")))),
            ["maxBytes"] = FormSchema.OfType("integer", ("minimum", 1)),
            ["multiple"] = FormSchema.OfType("boolean"),
            ["maxFiles"] = FormSchema.OfType("integer", ("minimum", 1), ("maximum", FormReader.MaxFiles)),
            ["readable"] = FormSchema.OfType("boolean", ("description", "Whether you receive the contents of the file (text and images).")),
        };

        internal override JsonNode Example()
        {
            var (name, contentType, content) = ExampleAnswers.FileFor(this);
            var file = new FileValue(Ids.New(DateTimeOffset.UnixEpoch), name, contentType, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
            return Multiple ? new JsonArray(file.ToJson()) : file.ToJson();
        }

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            var items = given is JsonArray list ? list.ToArray() : [given];
            List<FileValue> files = [];
            if (items.Length > MaxFiles)
            {
                return (null, FormTexts.Count("TooManyFiles", Label, MaxFiles));
            }

            foreach (var item in items)
            {
                if (FileValue.TryRead(item) is not { } file)
                {
                    return Wrong("NotAFile");
                }

                var limit = Math.Min(MaxBytes ?? maxFileBytes, maxFileBytes);
                if (file.Size > limit)
                {
                    return Wrong("FileTooLarge", file.Name, ByteSize.Of(limit));
                }

                if (file.Size == 0)
                {
                    return Wrong("FileEmpty", file.Name);
                }

                if (!file.IsAcceptedBy(this))
                {
                    return Wrong("FileNotAccepted", file.Name, Punctuation.List(Accept));
                }

                files.Add(file);
            }

            return Multiple ? (new JsonArray([.. files.Select(file => file.ToJson())]), null) : (files[0].ToJson(), null);
        }

        internal override JsonObject Schema()
        {
            var file = FormSchema.OfType("object", ("description", "An uploaded file. Send the form as multipart/form-data."));
            file["properties"] = new JsonObject
            {
                ["fileId"] = FormSchema.OfType("string"),
                ["name"] = FormSchema.OfType("string"),
                ["contentType"] = FormSchema.OfType("string"),
                ["size"] = FormSchema.OfType("integer"),
                ["sha256"] = FormSchema.OfType("string"),
            };
            file["required"] = new JsonArray("fileId", "name", "contentType", "size", "sha256");
            return Multiple
                ? FormSchema.OfType("array", ("items", file), ("minItems", Required ? 1 : 0), ("maxItems", MaxFiles))
                : file;
        }

        [GeneratedRegex(@"\A(\.[A-Za-z0-9]{1,16}|[a-z0-9.+-]+/(\*|[a-z0-9.+-]+))\z")]
        private static partial Regex AcceptEntry();
    }
}
