using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>One question of a form. What a field type needs and allows exists only on that type.</summary>
public abstract record Field
{
    private Field()
    {
    }

    /// <summary>The key of the answer in the submitted values; unique in its form.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public string? Help { get; init; }

    public bool Required { get; init; }

    /// <summary>What stands in the field before anybody typed; templates in it are resolved when the task is made.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>Shown and submitted with its <see cref="Value"/>; what a person sends for it is ignored.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Over the other fields' values; a field that is not visible is neither required nor accepted.</summary>
    public Condition? VisibleWhen { get; init; }

    /// <summary>The form designer's own error text, in place of ours.</summary>
    public string? Message { get; init; }

    /// <summary>The type's name in the contract.</summary>
    public abstract string Type { get; }

    public sealed record Text : Field
    {
        public override string Type => "text";

        public bool Multiline { get; init; }

        public int? MinLength { get; init; }

        /// <summary>In characters; at most and by default <see cref="FormReader.MaxTextLength"/>.</summary>
        public int MaxLength { get; init; } = FormReader.MaxTextLength;

        /// <summary>As the definition gives it; the whole value must match.</summary>
        public string? Pattern { get; init; }

        internal Regex? Matcher { get; init; }
    }

    public sealed record Number : Field
    {
        public override string Type => Whole ? "integer" : "number";

        public bool Whole { get; init; }

        public decimal? Min { get; init; }

        public decimal? Max { get; init; }

        /// <summary>Counted from <see cref="Min"/>, or from 0 without one.</summary>
        public decimal? Step { get; init; }
    }

    /// <summary>A date, a time of day or a moment; <see cref="Min"/> and <see cref="Max"/> in the value's own format.</summary>
    public sealed record Moment : Field
    {
        public override string Type => Kind switch
        {
            MomentKind.Date => "date",
            MomentKind.Time => "time",
            _ => "dateTime",
        };

        public required MomentKind Kind { get; init; }

        public string? Min { get; init; }

        public string? Max { get; init; }
    }

    public sealed record Email : Field
    {
        public override string Type => "email";
    }

    public sealed record Url : Field
    {
        public override string Type => "url";
    }

    public sealed record Boolean : Field
    {
        public override string Type => "boolean";
    }

    public sealed record Choice : Field
    {
        public override string Type => "choice";

        public required IReadOnlyList<Option> Options { get; init; }

        public ChoiceDisplay Display { get; init; }
    }

    public sealed record MultiChoice : Field
    {
        public override string Type => "multiChoice";

        public required IReadOnlyList<Option> Options { get; init; }
    }

    public sealed record File : Field
    {
        public override string Type => "file";

        public IReadOnlyList<string> Accept { get; init; } = [];

        /// <summary>Of each file, in bytes; at most and by default the host's upload limit.</summary>
        public long? MaxBytes { get; init; }

        public bool Multiple { get; init; }

        public int MaxFiles { get; init; } = 1;
    }
}

public sealed record Option(string Value, string Label);

public enum MomentKind
{
    Date,
    Time,
    DateTime,
}

public enum ChoiceDisplay
{
    Dropdown,
    Radio,
    Buttons,
}
