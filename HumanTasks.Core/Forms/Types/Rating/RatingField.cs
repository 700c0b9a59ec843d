using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    /// <summary>A rating from <see cref="Lowest"/> to <see cref="Highest"/>, the best one.</summary>
    public sealed record Rating : Field
    {
        public const int Lowest = 1;
        public const int Highest = 5;

        public override string Type => "rating";

        internal override AnswerShape Shape => AnswerShape.Number;

        internal static Rating Read(FieldReader reader) => new() { Name = reader.Name, Label = reader.Name };

        internal override JsonNode Example() => Highest - 1;

        internal override string Missing() => FormTexts.Get("ChooseOne", Label);

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            JsonValues.TryNumber(given, out var number) && number is >= Lowest and <= Highest && number == decimal.Truncate(number)
                ? (JsonValue.Create((int)number), null)
                : Wrong("NotAnOption");

        internal override JsonObject Schema() => FormSchema.OfType("integer", ("minimum", Lowest), ("maximum", Highest));
    }
}
