namespace PixelPipeline.Privacy.Lists;

/// <summary>A forget list cannot be read or written. The message is for people and says what to mend.</summary>
public sealed class ForgetListException : Exception
{
    /// <summary>Carries what is to be told.</summary>
    /// <param name="message">A sentence.</param>
    /// <param name="innerException">What went wrong.</param>
    public ForgetListException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
