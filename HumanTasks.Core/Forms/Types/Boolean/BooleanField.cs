using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed record Boolean : Field
    {
        public override string Type => "boolean";

        /// <summary>Whether only yes is accepted, as for a consent. The field is then required.</summary>
        public bool MustBeTrue { get; init; }

        /// <summary>
        /// Whether the field is a checkbox, which is answered as it stands, rather than a choice of yes and no.
        /// </summary>
        public bool IsBox => MustBeTrue || !Required;

        internal static Boolean Read(FieldReader reader) => new()
        {
            Name = reader.Name,
            Label = reader.Name,
            MustBeTrue = reader.Members.Flag("mustBeTrue") ?? false,
        };

        internal override AnswerShape Shape => AnswerShape.Truth;

        internal static JsonObject Members() => new()
        {
            ["mustBeTrue"] = FormSchema.OfType("boolean", ("description", "Whether the person must tick the box, for example to give consent.")),
        };

        internal override JsonNode Example() => true;

        internal override string Missing() => MustBeTrue ? FormTexts.Get("MustBeTrue", Label) : base.Missing();

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            given.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) ? Wrong("NotABoolean")
            : MustBeTrue && given.GetValueKind() == JsonValueKind.False ? Wrong("MustBeTrue")
            : (given.DeepClone(), null);

        internal override JsonObject Schema() => MustBeTrue ? FormSchema.OfType("boolean", ("const", true)) : FormSchema.OfType("boolean");
    }
}
