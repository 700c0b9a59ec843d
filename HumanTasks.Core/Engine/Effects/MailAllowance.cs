using HumanTasks.Core.People;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// Counts the emails to each address in the last hour, in bounded memory. Emails beyond the limit wait. Codes, sign-in
/// and new links have separate limits and are not counted here.
/// </summary>
/// <param name="perHour">The number of emails per address and hour; 0 for no limit.</param>
/// <param name="time">Measures the hour.</param>
public sealed class MailAllowance(int perHour, TimeProvider time)
{
    /// <summary>The default number of emails per address and hour.</summary>
    public const int Usual = 60;

    private const int MaxAddresses = 20_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> sent = new(StringComparer.Ordinal);

    /// <summary>The number of emails per address and hour; 0 for no limit.</summary>
    public int PerHour => perHour;

    /// <summary>Reserves one email to each address, or none if one of them has reached its limit.</summary>
    /// <param name="addresses">The recipients.</param>
    /// <returns>Null if the email may be sent; otherwise the time of the next attempt.</returns>
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

    /// <summary>Returns the reservation of an email that was not sent.</summary>
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

        // a clock that was set back leaves future times behind, which are ignored
        while (times.TryPeek(out var oldest) && (now - oldest >= Hour || oldest > now))
        {
            times.Dequeue();
        }

        return times;
    }

    /// <summary>
    /// Removes addresses without an email in the last hour and, if there are still too many, those with the fewest.
    /// </summary>
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
