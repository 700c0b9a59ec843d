using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

internal sealed class SignatureFace : FieldFace
{
    public override Type ComponentOf(FieldModel model) => typeof(SignatureInput);

    public override string Words(Field field, JsonNode value) =>
        Field.Signature.NameIn(value) is { } name ? ReviewTexts.Get("SignedBy", Isolates.Around(name)) : JsonValues.Format(value);

    public override IReadOnlyList<string> ToTexts(Field field, JsonNode value) => Field.Signature.NameIn(value) is { } name ? [name] : [];
}
