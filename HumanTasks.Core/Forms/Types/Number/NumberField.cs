using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed record Number : Field
    {
        private const string Integer = "integer";
        private const int MostListed = 100;

        public override string Type => Whole ? Integer : "number";

        public bool Whole { get; init; }

        public decimal? Min { get; init; }

        public decimal? Max { get; init; }

        /// <summary>The step, counted from <see cref="Min"/>, or from 0 without it.</summary>
        public decimal? Step { get; init; }

        /// <summary>
        /// Whether the step has three or more decimals, so a separator before three digits is unambiguous.
        /// </summary>
        public bool HasThousandths => Step is { } step && decimal.Round(step, 2) != step;

        internal static Number Read(FieldReader reader)
        {
            var members = reader.Members;
            var field = new Number
            {
                Name = reader.Name,
                Label = reader.Name,
                Whole = reader.Type == Integer,
                Min = members.Decimal("min"),
                Max = members.Decimal("max"),
                Step = members.Decimal("step"),
            };
            reader.Ordered(field.Min is null || field.Max is null || field.Min <= field.Max);
            if (field.Step <= 0)
            {
                members.Refuse("step", "'step' must be above 0.");
            }

            return field;
        }

        internal override AnswerShape Shape => AnswerShape.Number;

        internal static JsonObject Members() => new()
        {
            ["min"] = FormSchema.OfType("number"),
            ["max"] = FormSchema.OfType("number"),
            ["step"] = FormSchema.OfType("number", ("exclusiveMinimum", 0)),
        };

        /// <summary>
        /// Returns a number within the bounds and on the step, preferably 1 or the minimum. Null if none is found.
        /// </summary>
        internal override JsonNode? Example()
        {
            var (least, step) = (Min ?? Math.Min(0, Max ?? 0), Step ?? (Whole ? 1 : 0));
            var from = Min is null && step > 0 ? Math.Floor(least / step) * step : Whole && Step is null ? Math.Ceiling(least) : least;
            var usual = Step is null && from < 1 && !(Max < 1) ? 1 : from;
            return Enumerable.Range(0, MostListed)
                .Select(times => usual + (times * step))
                .Where(number => Check(JsonValue.Create(number), 0).Problem is null)
                .Select(number => JsonValue.Create(number))
                .FirstOrDefault();
        }

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            if (!JsonValues.TryNumber(given, out var number))
            {
                return TextOf(given) is { } text && NumberTable.Current.Read(text, HasThousandths) is TypedNumber.Two two
                    ? InTwoWays(text, two)
                    : Wrong("NotANumber");
            }

            if (Whole && number != decimal.Truncate(number))
            {
                return Wrong("NotWhole");
            }

            // compare the remainders separately: the difference of the numbers may overflow a decimal
            return number < Min ? Wrong("BelowMin", Min)
                : number > Max ? Wrong("AboveMax", Max)
                : Step is { } step && IsOff(number % step, (Min ?? 0) % step, step) ? Wrong("OffStep", step)
                : (given.DeepClone(), null);
        }

        /// <summary>Reports both readings, and an unambiguous way to type each.</summary>
        private (JsonNode? Value, string? Problem) InTwoWays(string text, TypedNumber.Two two)
        {
            var numbers = NumberTable.Current;
            return Wrong(
                "TwoReadings",
                text,
                two.Fraction,
                two.Thousands,
                numbers.Write(two.Fraction, HasThousandths),
                numbers.Write(two.Thousands, HasThousandths));
        }

        // equivalent remainders differ by zero or one step; with a very large step their difference could overflow a
        // decimal
        private static bool IsOff(decimal rest, decimal other, decimal step) =>
            rest != other && (Math.Sign(rest) == Math.Sign(other) || Math.Abs(rest) != step - Math.Abs(other));

        internal override JsonObject Schema()
        {
            var schema = FormSchema.OfType(Type);
            if (Min is { } min)
            {
                schema["minimum"] = min;
            }

            if (Max is { } max)
            {
                schema["maximum"] = max;
            }

            // multipleOf counts from 0, a step from the minimum, and validators divide binary fractions: for most of
            // them 19.99 is not a multiple of 0.01. Short ranges are therefore listed, and long ones are left to the
            // server
            if (Step is { } step)
            {
                if ((Min ?? 0) % step == 0 && IsBinary(step))
                {
                    schema["multipleOf"] = step;
                }
                else if (Min is { } from && Max is { } to && to / step - from / step < MostListed)
                {
                    schema["enum"] = new JsonArray([.. Listed(from, to, step)]);
                }
            }

            return schema;
        }

        private static bool IsBinary(decimal step) => step <= 1L << 40 && step * 1024 % 1 == 0;

        private IEnumerable<JsonNode> Listed(decimal from, decimal to, decimal step)
        {
            for (var number = from; number <= to; number += step)
            {
                if (!Whole || number == decimal.Truncate(number))
                {
                    yield return JsonValue.Create(number / 1.0000000000000000000000000000m); // removes trailing zeros
                }
            }
        }
    }
}
