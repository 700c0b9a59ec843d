namespace HumanTasks.Core.Forms;

/// <summary>A rating from 1 to 5.</summary>
internal sealed class RatingType : FieldType
{
    public override string Name => "rating";

    public override int Inputs => Field.Rating.Highest;

    public override Field? Read(FieldReader reader) => Field.Rating.Read(reader);
}
