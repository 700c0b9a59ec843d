using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms.Types;

internal sealed class EmailFace : FieldFace
{
    public override LineAttributes LineOf(Field field) => new("email", AutoComplete: "email", Direction: "ltr");

    public override string Words(Field field, JsonNode value) => JsonValues.Format(value);
}
