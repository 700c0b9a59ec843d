using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Ports;

/// <summary>Sends email. Throws an exception if sending fails; the turn is then retried with the same key.</summary>
public interface IEmailSender
{
    /// <summary>Whether emails can be sent; false where none are configured.</summary>
    bool Delivers => true;

    /// <summary>Returns whether a person can be emailed. Local addresses can't.</summary>
    /// <param name="assignee">The address.</param>
    sealed bool Reaches(string assignee) => Delivers && EmailAddresses.Are(assignee);

    /// <summary>Sends an email.</summary>
    /// <param name="email">The email to send.</param>
    /// <param name="idempotencyKey">The key, the same for every attempt at the same email.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken);
}
