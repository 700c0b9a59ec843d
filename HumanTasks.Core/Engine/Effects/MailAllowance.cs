using HumanTasks.Core.People;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// Counts the emails to each address in the last hour, in bounded memory. What is beyond the limit waits. Codes, sign-in and
/// fresh links have limits of their own and are not counted here.
/// </summary>
/// <param name="perHour">How many emails an address gets in an hour; 0 for no limit.</param>
/// <param name="time">Measures the hour.</param>
public sealed class MailAllowance(int perHour, TimeProvider time)
{
    /// <summary>How many emails an address gets in an hour unless it is set otherwise.</summary>
    public const int Usual = 60;

    private const int MaxAddresses = 20_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> sent = new(StringComparer.Ordinal);

    /// <summary>How many emails an address gets in an hour; 0 for no limit.</summary>
    public int PerHour => perHour;

    /// <summary>Takes room for one email to each address; takes none where one of them has no room.</summary>
    /// <param name="addresses">To whom it goes.</param>
    /// <returns>Null when it may be sent; otherwise when to ask again.</returns>
    public DateTimeOffset? Take(params IReadOnlyCollection<string> addresses)
    {
        if (perHour <= 0)
        {
            return null;
        }

        lock (gate)
        {
            var now = time.GetUtcNow();
            string[] people = [.. addresses.Select(PersonAddress.Written).Distinct(StringComparer.Ordinal)];
            var full = people.Select(person => Recent(person, now)).Where(times => times.Count >= perHour).ToArray();
            if (full.Length > 0)
            {
                return full.Max(times => times.Peek()) + Hour;
            }

            foreach (var person in people)
            {
                Recent(person, now).Enqueue(now);
            }

            return null;
        }
    }

    /// <summary>Gives room back that was taken for an email that was not sent.</summary>
    public void GiveBack(params IReadOnlyCollection<string> addresses)
    {
        if (perHour <= 0)
        {
            return;
        }

        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var person in addresses.Select(PersonAddress.Written).Distinct(StringComparer.Ordinal))
            {
                Recent(person, now).TryDequeue(out _);
            }
        }
    }

    private Queue<DateTimeOffset> Recent(string person, DateTimeOffset now)
    {
        if (!sent.TryGetValue(person, out var times))
        {
            if (sent.Count >= MaxAddresses)
            {
                MakeRoom(now);
            }

            sent[person] = times = [];
        }

        // a clock that was set back leaves times of the future behind, which count for nothing
        while (times.TryPeek(out var oldest) && (now - oldest >= Hour || oldest > now))
        {
            times.Dequeue();
        }

        return times;
    }

    /// <summary>Forgets whoever got nothing in the last hour; of too many others, those with the fewest.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (person, _) in sent.Where(one => one.Value.Count == 0 || one.Value.All(at => now - at >= Hour)).ToArray())
        {
            sent.Remove(person);
        }

        if (sent.Count >= MaxAddresses)
        {
            foreach (var (person, _) in sent.OrderBy(one => one.Value.Count).Take(MaxAddresses / 2).ToArray())
            {
                sent.Remove(person);
            }
        }
    }
}
