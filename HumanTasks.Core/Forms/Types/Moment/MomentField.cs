using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    /// <summary>
    /// A date, a time of day or a moment. <see cref="Min"/> and <see cref="Max"/> use the format of the value.
    /// </summary>
    public sealed record Moment : Field
    {
        private const string TimePattern = @"^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,7})?)?$";

        public override string Type => Kind switch
        {
            MomentKind.Date => "date",
            MomentKind.Time => "time",
            _ => "dateTime",
        };

        public required MomentKind Kind { get; init; }

        public string? Min { get; init; }

        public string? Max { get; init; }

        /// <summary>
        /// The time zone of moments without an offset, used only if <see cref="Kind"/> is a date and time.
        /// </summary>
        public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

        internal static Moment Read(FieldReader reader)
        {
            var kind = Enum.Parse<MomentKind>(reader.Type, ignoreCase: true);
            var field = new Moment
            {
                Name = reader.Name,
                Label = reader.Name,
                Kind = kind,
                Min = Bound(reader, "min", kind),
                Max = Bound(reader, "max", kind),
                Zone = reader.Zone,
            };
            reader.Ordered(field.Min is null || field.Max is null || Moments.Compare(kind, field.Min, field.Max) <= 0);
            return field;
        }

        internal static JsonObject Members() => new()
        {
            ["min"] = FormSchema.OfType("string", ("description", "In the field's own format, such as 2026-12-31, 14:30 or 2026-12-31T14:30:00Z.")),
            ["max"] = FormSchema.OfType("string"),
        };

        /// <summary>
        /// Returns the posted value, in normal form if possible. Browser inputs know neither offsets nor fractions of a
        /// second, so the page also sends the exact value first. It is kept if the input was not changed.
        /// </summary>
        public string Meant(IReadOnlyList<string> sent)
        {
            var text = sent.Count > 0 ? sent[^1].Trim() : "";
            if (sent.Count > 1 && Moments.TryNormalize(Kind, sent[^2], Zone, out var exact)
                && Moments.ForInput(Kind, exact, Zone) is var shown && (text == shown || text == $"{shown}:00"))
            {
                return exact;
            }

            return Moments.TryNormalize(Kind, text, Zone, out var normal) ? normal : text;
        }

        /// <summary>Returns the value in normal form if a browser input would change it; otherwise null.</summary>
        public string? Exact(string value) =>
            Moments.TryNormalize(Kind, value, Zone, out var exact)
            && !(Moments.TryNormalize(Kind, Moments.ForInput(Kind, exact, Zone), Zone, out var again) && again == exact)
                ? exact
                : null;

        internal override JsonNode Example() => Min ?? Max ?? Kind switch
        {
            MomentKind.Date => "2026-12-01",
            MomentKind.Time => "12:00:00",
            _ => "2026-12-01T12:00:00Z",
        };

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            if (TextOf(given) is not { } text || !Moments.TryNormalize(Kind, text, Zone, out var normal))
            {
                return Wrong(Kind switch
                {
                    MomentKind.Date => "NotADate",
                    MomentKind.Time => "NotATime",
                    _ => "NotAMoment",
                });
            }

            return Min is { } min && Moments.Compare(Kind, normal, min) < 0 ? Wrong("TooEarly", Moments.Format(Kind, min, Zone))
                : Max is { } max && Moments.Compare(Kind, normal, max) > 0 ? Wrong("TooLate", Moments.Format(Kind, max, Zone))
                : (JsonValue.Create(normal), null);
        }

        /// <summary>JSON Schema's format <c>time</c> requires an offset, which a time of day does not have.</summary>
        internal override JsonObject Schema() => Kind == MomentKind.Time
            ? FormSchema.OfText([TimePattern, .. RangePattern.Of(Kind, Min, Max)])
            : FormSchema.WithPatterns(
                FormSchema.OfType("string", ("format", Kind == MomentKind.Date ? "date" : "date-time")), [.. RangePattern.Of(Kind, Min, Max)]);

        private static string? Bound(FieldReader reader, string member, MomentKind kind)
        {
            if (reader.Members.Text(member, 40) is not { } text)
            {
                return null;
            }

            if (Moments.TryNormalize(kind, text, reader.Zone, out var normal))
            {
                return normal;
            }

            reader.Members.Refuse(member, $"'{text}' is not a {Moments.Example(kind)}.");
            return null;
        }
    }
}
