namespace HumanTasks.Bench.Load;

internal sealed class Failures
{
    private const int Kept = 10;
    private const int Bearable = 100;

    private readonly Lock _lock = new();
    private readonly List<string> _first = [];

    public int Count { get; private set; }

    public bool TooMany => Count >= Bearable;

    public IReadOnlyList<string> First => _first;

    public void Add(string failure)
    {
        lock (_lock)
        {
            Count++;

            if (_first.Count < Kept)
            {
                _first.Add(failure);
            }
        }
    }
}
