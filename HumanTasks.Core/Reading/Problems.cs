using System.Collections;

namespace HumanTasks.Core.Reading;

/// <summary>All that is wrong with one document, in the order in which it was found.</summary>
public sealed class Problems : IReadOnlyList<Problem>
{
    private readonly List<Problem> found = [];

    /// <summary>
    /// True for a document that was checked before its templates were resolved: what they brought may be longer than what
    /// a person may write.
    /// </summary>
    public bool Resolved { get; init; }

    /// <summary>True for a document in which nothing is a template: what looks like one is a text.</summary>
    public bool Literal { get; init; }

    /// <summary>True for a document that was checked when it was saved; what is refused since then must still be read.</summary>
    public bool Stored { get; init; }

    public int Count => found.Count;

    public Problem this[int index] => found[index];

    public void Add(string pointer, string message) => found.Add(new Problem(pointer, message));

    public void AddShape(string pointer, string message) => found.Add(new Problem(pointer, message, Shape: true));

    /// <summary>Takes over what was found by other rules of reading.</summary>
    public void Add(Problems others) => found.AddRange(others.found);

    public IEnumerator<Problem> GetEnumerator() => found.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
