namespace PixelPipeline.Privacy;

/// <summary>A place cannot be searched or changed. The message is for people and says what to mend.</summary>
public sealed class PlaceException : Exception
{
    /// <summary>Carries what is to be told.</summary>
    /// <param name="message">A sentence.</param>
    /// <param name="innerException">What went wrong.</param>
    public PlaceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
