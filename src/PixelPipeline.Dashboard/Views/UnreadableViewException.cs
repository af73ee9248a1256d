namespace PixelPipeline.Dashboard.Views;

/// <summary>An address does not say what to show. The message is for whoever wrote it.</summary>
public sealed class UnreadableViewException : Exception
{
    /// <summary>Says what to mend.</summary>
    public UnreadableViewException(string message)
        : base(message)
    {
    }
}
