using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms.Types;

internal sealed class DisplayFace : FieldFace
{
    public override FieldLayout LayoutOf(Field field) => FieldLayout.Shown;

    public override Type ComponentOf(FieldModel model) => typeof(DisplayView);

    public override IReadOnlyList<string> ToTexts(Field field, JsonNode value) => [];
}
