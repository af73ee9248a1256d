namespace PixelPipeline.Cli.Targets;

/// <summary>The credentials that gcloud keeps on this machine.</summary>
internal static class GoogleCredentials
{
    /// <summary>Makes what takes them.</summary>
    /// <param name="option">What asked for them, such as <c>--project</c>.</param>
    /// <param name="create">Makes it; throws <see cref="InvalidOperationException"/> where there are none.</param>
    /// <exception cref="CommandException">There are none; the message says how to get them.</exception>
    public static T Require<T>(string option, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception e) when ((e as AggregateException)?.InnerException is InvalidOperationException || e is InvalidOperationException)
        {
            throw new CommandException($"{option} needs Google credentials: run gcloud auth application-default login.", e);
        }
    }
}
