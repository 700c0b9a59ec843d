namespace HumanTasks.Web.Settings;

public sealed class LimitOptions
{
    /// <summary>The maximum size of an API request's body, in bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The maximum size of an uploaded file, in bytes. Default 10 MiB.</summary>
    public long MaxUploadBytes { get; set; } = 10 << 20;

    /// <summary>The maximum size of a submission with all its files, in bytes. Default 50 MiB.</summary>
    public long MaxSubmissionBytes { get; set; } = 50 << 20;

    /// <summary>
    /// The maximum number of a link's uploads that no accepted response names yet, drafts included. Default 200; 0 for
    /// no limit.
    /// </summary>
    public int PendingUploads { get; set; } = 200;

    /// <summary>
    /// The maximum total size of those uploads, in bytes; one submission always has room. Default 256 MiB; 0 for no
    /// limit.
    /// </summary>
    public long PendingUploadBytes { get; set; } = 256 << 20;

    /// <summary>
    /// The maximum number of files received through one link in an hour. Default 600; 0 for no limit.
    /// </summary>
    public int UploadsPerHour { get; set; } = 600;

    /// <summary>
    /// The maximum number of emails to one address in an hour; further notices wait and are sent as one list. Codes,
    /// sign-in and new links are not counted. Default 60; 0 for no limit.
    /// </summary>
    public int EmailsPerHour { get; set; } = Core.Engine.Effects.MailAllowance.Usual;

    /// <summary>
    /// The maximum requests a second for one API key, with bursts of twice as many. Default 0: no limit.
    /// </summary>
    public int ApiRequestsPerSecond { get; set; }

    /// <summary>The maximum requests a minute for one review link. Default 120.</summary>
    public int ReviewRequestsPerMinute { get; set; } = 120;

    /// <summary>
    /// The maximum wrong keys and unknown links a minute from one address before it must wait. Default 60.
    /// </summary>
    public int RefusalsPerMinute { get; set; } = 60;
}
