namespace PixelPipeline.Cli.Doctor;

/// <summary>What one look at a hop found. A closed family.</summary>
internal abstract record Finding
{
    private Finding()
    {
    }

    /// <summary>The hit came this far.</summary>
    /// <param name="Detail">What was seen.</param>
    public sealed record Passed(string Detail) : Finding;

    /// <summary>The hit does not come further, and waiting will not help.</summary>
    /// <param name="Cause">The likely cause.</param>
    /// <param name="Remedy">The command that mends it.</param>
    public sealed record Broken(string Cause, string Remedy) : Finding;

    /// <summary>Nothing to be seen so far; another look may see it.</summary>
    /// <param name="ExplainAsync">Asked once nobody waits any more.</param>
    public sealed record NotYet(Func<CancellationToken, Task<Broken>> ExplainAsync) : Finding
    {
        public NotYet(string cause, string remedy)
            : this(_ => Task.FromResult(new Broken(cause, remedy)))
        {
        }
    }
}
