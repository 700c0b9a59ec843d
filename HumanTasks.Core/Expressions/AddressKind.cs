namespace HumanTasks.Core.Expressions;

internal enum AddressKind
{
    /// <summary>The whole text is the address.</summary>
    Whole,

    /// <summary>In running text.</summary>
    Bare,

    /// <summary>The target of a Markdown link or image.</summary>
    Target,

    /// <summary>In angle brackets.</summary>
    Angle,
}
