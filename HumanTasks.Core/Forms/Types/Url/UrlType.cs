namespace HumanTasks.Core.Forms;

/// <summary>A web address.</summary>
internal sealed class UrlType : FieldType
{
    public override string Name => "url";

    public override Field? Read(FieldReader reader) => Field.Url.Read(reader);

    public override bool TakesText => true;
}
