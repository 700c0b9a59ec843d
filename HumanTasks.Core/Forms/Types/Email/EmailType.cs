namespace HumanTasks.Core.Forms;

/// <summary>An email address.</summary>
internal sealed class EmailType : FieldType
{
    public override string Name => "email";

    public override Field? Read(FieldReader reader) => Field.Email.Read(reader);

    public override bool TakesText => true;
}
