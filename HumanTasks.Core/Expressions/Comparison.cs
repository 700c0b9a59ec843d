namespace HumanTasks.Core.Expressions;

/// <summary>
/// The comparisons of a condition, named as in the contract (<c>eq ne gt ge lt le in contains exists</c>).
/// </summary>
public enum Comparison
{
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    In,
    Contains,
    Exists,
}
