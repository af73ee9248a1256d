namespace PixelPipeline.Cli;

/// <summary>A command failed for a reason that its user can mend. The message is one line that says what to do.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
