using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed partial record Text : Field
    {
        // for patterns saved before linear time was required
        private static readonly TimeSpan OldPatternTime = TimeSpan.FromMilliseconds(5);

        // the white space that a pattern may accept, as far as it matters for the schema
        private static readonly string[] Blanks = [" ", "  ", "   ", "\t", "\n", "\u00a0", "\u3000", "\u200b", "\u2060", "\ufeff"];

        private const int PatternMost = 1000;
        private const int PatternChoices = 5;

        private static readonly string[] SecretNames = ["password", "passwort", "secret"];

        public override string Type => "text";

        public bool Multiline { get; init; }

        public int? MinLength { get; init; }

        /// <summary>
        /// The maximum length in code points, as in JSON Schema. Default and limit:
        /// <see cref="FormReader.MaxTextLength"/>.
        /// </summary>
        public int MaxLength { get; init; } = FormReader.MaxTextLength;

        /// <summary>
        /// The pattern in the definition. The whole value must match it, in time linear in its length.
        /// </summary>
        public string? Pattern { get; init; }

        internal Regex? Matcher { get; init; }

        internal static Text Read(FieldReader reader)
        {
            var members = reader.Members;
            var pattern = members.Text("pattern", 500);
            var field = new Text
            {
                Name = reader.Name,
                Label = reader.Name,
                Multiline = members.Flag("multiline") ?? false,
                MinLength = members.Integer("minLength", 0, FormReader.MaxTextLength),
                MaxLength = members.Integer("maxLength", 1, FormReader.MaxTextLength) ?? FormReader.MaxTextLength,
                Pattern = pattern,
                Matcher = pattern is null ? null : ReadMatcher(reader, pattern),
            };
            if (field.MinLength > field.MaxLength)
            {
                members.Refuse("minLength", "'minLength' must not exceed 'maxLength'.");
            }

            if (SecretNames.Contains(reader.Name, StringComparer.OrdinalIgnoreCase))
            {
                members.Refuse("name", "Forms can't ask for passwords.");
            }

            return field;
        }

        internal static JsonObject Members() => new()
        {
            ["multiline"] = FormSchema.OfType("boolean"),
            ["minLength"] = FormSchema.OfType("integer", ("minimum", 0), ("maximum", FormReader.MaxTextLength)),
            ["maxLength"] = FormSchema.OfType("integer", ("minimum", 1), ("maximum", FormReader.MaxTextLength)),
            ["pattern"] = FormSchema.OfType("string", ("description", "A regular expression that the whole text must match.")),
        };

        internal override JsonNode? Example()
        {
            const string Words = "Something that a person typed";
            var (least, most) = (MinLength ?? 0, Math.Min(MaxLength, Math.Max(Words.Length, MinLength ?? 0)));
            var texts = Pattern is null
                ? [Words.PadRight(least, '.')[..most]]
                : from more in (int[])[0, 1, 2, 4, 8, 16, 32, 64, Math.Min(least, PatternMost)]
                  from choice in Enumerable.Range(0, PatternChoices)
                  select PatternExample.Write(Pattern, more, choice);
            return texts.OfType<string>().Select(text => JsonValue.Create(text)).FirstOrDefault(text => !FormInput.IsEmpty(text) && Check(text, 0).Problem is null);
        }

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            !JsonValues.TryText(given, out var text) ? Wrong("NotAText")
            : CodePoints.Count(text) < MinLength ? (null, FormTexts.Count("TooShort", Label, MinLength.Value))
            : CodePoints.Count(text) > MaxLength ? (null, FormTexts.Count("TooLong", Label, MaxLength))
            : Matches(text) ? (JsonValue.Create(text), null)
            : Wrong("Pattern");

        internal override JsonObject Schema()
        {
            var schema = FormSchema.OfType("string", ("maxLength", MaxLength));
            int? minLength = MinLength ?? (Required ? 1 : null);
            if (minLength is { } min)
            {
                schema["minLength"] = min;
            }

            List<string> patterns = [];
            if (Pattern is { } pattern && SharedSyntax().IsMatch(pattern))
            {
                patterns.Add($"^(?:{pattern})$");
            }

            if (Required && Blanks.Any(Matches))
            {
                patterns.Add($"[^{BlankText.Characters}]"); // invisible characters are no answer
            }

            return FormSchema.WithPatterns(schema, [.. patterns]);
        }

        /// <summary>
        /// Matches patterns with the same meaning in .NET and in JavaScript, as JSON Schema requires. Other patterns
        /// are left to the server.
        /// </summary>
        [GeneratedRegex(
            @"\A(?:\\(?:[dDwWsSbBtnrfv^$\\.*+?()\[\]{}|/]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[A-Z][a-z]?\})"
            + @"|\[\^?(?:\\(?:[dDwWsStnrfv^$\\.*+?()\[\]{}|/-]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[A-Z][a-z]?\})|[^\\\[\]])+\]"
            + @"|\((?:\?:|(?!\?))|\)|\{[0-9]+(?:,[0-9]*)?\}|[^\\\[\](){}])*\z",
            RegexOptions.CultureInvariant)]
        private static partial Regex SharedSyntax();

        private static Regex? ReadMatcher(FieldReader reader, string pattern)
        {
            var whole = $@"\A(?:{pattern})\z";
            try
            {
                // Checked alone, because "a)|(?:b" is invalid but would fit into the group below.
                _ = new Regex(pattern, RegexOptions.CultureInvariant);
                return new Regex(whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (NotSupportedException) when (reader.Members.Problems.Stored)
            {
                return new Regex(whole, RegexOptions.CultureInvariant, OldPatternTime);
            }
            catch (NotSupportedException)
            {
                reader.Members.Refuse(
                    "pattern",
                    "'pattern' must not use look-arounds, back-references, atomic groups or very large "
                    + "repetitions.");
            }
            catch (ArgumentException)
            {
                reader.Members.Refuse("pattern", "'pattern' is not a regular expression.");
            }

            return null;
        }

        private bool Matches(string text)
        {
            try
            {
                return Matcher?.IsMatch(text) ?? true;
            }
            catch (RegexMatchTimeoutException)
            {
                return false; // a pattern that exceeds its time does not match
            }
        }
    }
}
