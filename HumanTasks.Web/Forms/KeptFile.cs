namespace HumanTasks.Web.Forms;

/// <summary>
/// An uploaded file that the page keeps until the rest of the form is valid. Its seal proves that we issued it.
/// </summary>
public sealed record KeptFile(string FileId, string Name, long Size, string Seal);
