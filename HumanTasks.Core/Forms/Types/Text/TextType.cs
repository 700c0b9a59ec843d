using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>A text of one line or several.</summary>
internal sealed class TextType : FieldType
{
    public override string Name => "text";

    public override Field? Read(FieldReader reader) => Field.Text.Read(reader);

    public override JsonObject Members() => Field.Text.Members();

    public override bool TakesText => true;
}
