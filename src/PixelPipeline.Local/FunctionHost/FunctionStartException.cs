namespace PixelPipeline.Local.FunctionHost;

/// <summary>The function ended before it was ready. The message is what it said: a line for each thing to mend.</summary>
public sealed class FunctionStartException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What the function wrote to standard error, or that it wrote nothing.</param>
    public FunctionStartException(string message)
        : base(message)
    {
    }
}
