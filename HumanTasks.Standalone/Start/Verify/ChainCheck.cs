namespace HumanTasks.Standalone.Start.Verify;

/// <summary>
/// A check that genuine receipts are all receipts of a run: no duplicates, each after the one it names, and as many as
/// the run's signed head counts. Without a head, missing last receipts cannot be detected.
/// </summary>
internal sealed class ChainCheck(string runId, IReadOnlyList<CheckedText.Receipt> receipts, IReadOnlyList<CheckedText.Head> heads)
{
    private readonly string run = Printable.Of(runId);

    /// <summary>Returns the problems found.</summary>
    public IReadOnlyList<string> Problems()
    {
        string[] first = [.. Repeated(), .. Followed()];
        return first.Length > 0 ? [.. first, .. heads.SelectMany(Ends)] : [.. heads.SelectMany(head => Ends(head).Concat(Counted(head)))];
    }

    /// <summary>Returns what could not be checked, or null when everything was.</summary>
    public string? Unchecked() => heads.Count == 0
        ? $"whether the run {run} has receipts behind the last one that was given (a head says it; GET /api/runs/{run}/receipts answers one)"
        : heads.Max(head => head.Count) is var counted && counted < receipts.Count
            ? $"whether the run {run} has receipts behind the last one that was given (its head is older and counts {counted})"
            : null;

    private IEnumerable<string> Repeated()
    {
        foreach (var same in receipts.GroupBy(receipt => receipt.Link.Payload).Where(same => same.Count() > 1))
        {
            yield return $"{same.ElementAt(1).Given.Where}: a duplicate of {same.First().Given.Where}";
        }

        foreach (var same in receipts.Where(receipt => receipt.ResponseId is not null).DistinctBy(receipt => receipt.Link.Payload)
            .GroupBy(receipt => receipt.ResponseId).Where(same => same.Count() > 1))
        {
            yield return $"{same.ElementAt(1).Given.Where}: another receipt of the same response is {same.First().Given.Where}";
        }
    }

    private IEnumerable<string> Followed()
    {
        Dictionary<string, CheckedText.Receipt> taken = new(StringComparer.Ordinal);
        CheckedText.Receipt[] once = [.. receipts.DistinctBy(receipt => receipt.Link.Payload)];
        for (var i = 0; i < once.Length; i++)
        {
            var receipt = once[i];
            if (receipt.Link.Previous is null)
            {
                if (!taken.TryAdd("", receipt))
                {
                    yield return $"{receipt.Given.Where}: the run {run} has another first receipt, {taken[""].Given.Where}";
                }

                continue;
            }

            var at = Array.FindIndex(once, other => Follows(receipt, other));
            if (at < 0)
            {
                yield return $"{receipt.Given.Where}: the receipt before it in the run {run} is missing";
            }
            else if (!taken.TryAdd(once[at].Link.Payload, receipt))
            {
                yield return $"{receipt.Given.Where}: it follows the same receipt as {taken[once[at].Link.Payload].Given.Where}";
            }
            else if (at > i && once[at].Given.File == receipt.Given.File)
            {
                yield return $"{receipt.Given.Where}: wrong order, it stands before {once[at].Given.Where}, which it follows";
            }
        }
    }

    /// <summary>
    /// Returns whether one receipt follows the other. A receipt of version 2 names the payload before it; one of
    /// version 1 names the signed form, even after one of version 2 from a newer build. At a change of version either
    /// name is accepted: both identify exactly one receipt.
    /// </summary>
    private static bool Follows(CheckedText.Receipt receipt, CheckedText.Receipt other) =>
        receipt.Version >= 2 && other.Version >= 2
            ? receipt.Link.Previous == other.Link.Payload
            : receipt.Link.Previous is { } name && other.Link.IsNamed(name);

    private IEnumerable<string> Ends(CheckedText.Head head)
    {
        if (head.Hash is not null && receipts.All(receipt => receipt.Link.Payload != head.Hash && receipt.Link.Signed != head.Hash))
        {
            yield return receipts.Count < head.Count
                ? $"{head.Given.Where}: the last receipt of the run {run} is missing: {receipts.Count} of {head.Count} are there"
                : $"{head.Given.Where}: the last receipt that it names in the run {run} is not there";
        }
    }

    private IEnumerable<string> Counted(CheckedText.Head head)
    {
        var last = receipts.FirstOrDefault(receipt => receipt.Link.Payload == head.Hash || receipt.Link.Signed == head.Hash);
        var depth = 0;
        for (var at = last; at is not null; at = receipts.FirstOrDefault(other => Follows(at, other)))
        {
            depth++;
        }

        if ((last is not null || head.Hash is null) && depth != head.Count)
        {
            yield return $"{head.Given.Where}: it counts {head.Count} receipts in the run {run}, and {depth} lead to the one that it names";
        }
    }
}
