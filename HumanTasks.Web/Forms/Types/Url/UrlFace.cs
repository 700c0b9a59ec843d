using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms.Types;

internal sealed class UrlFace : FieldFace
{
    public override LineAttributes LineOf(Field field) => new("url", AutoComplete: "url", Direction: "ltr");

    public override string Words(Field field, JsonNode value) => JsonValues.Format(value);
}
