using System.Collections;

namespace HumanTasks.Core.Reading;

/// <summary>The problems of one document, in the order in which they were found.</summary>
public sealed class Problems : IReadOnlyList<Problem>
{
    private readonly List<Problem> found = [];

    /// <summary>
    /// Whether the document was validated before its templates were resolved. Resolved values may be longer than
    /// written ones.
    /// </summary>
    public bool Resolved { get; init; }

    /// <summary>Whether the document contains no templates, so template syntax is plain text.</summary>
    public bool Literal { get; init; }

    /// <summary>Whether the document was validated when it was saved. Rules added since do not apply to it.</summary>
    public bool Stored { get; init; }

    public int Count => found.Count;

    public Problem this[int index] => found[index];

    public void Add(string pointer, string message) => found.Add(new Problem(pointer, message));

    public void AddShape(string pointer, string message) => found.Add(new Problem(pointer, message, Shape: true));

    /// <summary>Adds the problems found by another reader.</summary>
    public void Add(Problems others) => found.AddRange(others.found);

    public IEnumerator<Problem> GetEnumerator() => found.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
