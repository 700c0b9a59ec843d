using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Runs;

/// <summary>Where mail goes; refuses while told to.</summary>
internal sealed class Mailbox : IEmailSender
{
    public List<(Email Email, string Key)> Sent { get; } = [];

    public EffectFailedException? Refuses { get; set; }

    /// <summary>The one address that is refused for good.</summary>
    public string? RefusesTo { get; set; }

    /// <summary>The newest one-time code, once it is there: codes are mailed behind the answer.</summary>
    public async Task<string> CodeAsync()
    {
        for (var tries = 0; ; tries++)
        {
            var code = Sent.ToArray().LastOrDefault(mail => mail.Email.Subject.StartsWith("Your code: ", StringComparison.Ordinal));
            if (code.Email is not null)
            {
                Sent.Remove(code);
                return code.Email.Subject["Your code: ".Length..];
            }

            Assert.True(tries < 500, "No code was mailed.");
            await Task.Delay(10);
        }
    }

    /// <summary>Happens once, while the next email is on its way.</summary>
    public Func<Task>? WhileSending { get; set; }

    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (Refuses is { } refusal)
        {
            throw refusal;
        }

        if (RefusesTo is { } refused && email.To.Contains(refused))
        {
            throw new EffectFailedException("Refused.") { MayPass = false };
        }

        Sent.Add((email, idempotencyKey));
        if (WhileSending is { } happens)
        {
            WhileSending = null;
            await happens();
        }
    }
}
