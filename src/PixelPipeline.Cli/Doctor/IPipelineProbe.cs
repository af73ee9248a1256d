namespace PixelPipeline.Cli.Doctor;

/// <summary>The hops that are looked at differently on this machine and in the cloud.</summary>
internal interface IPipelineProbe
{
    /// <summary>What mends the hops that are looked at alike.</summary>
    Remedies Remedies { get; }

    /// <summary>Whether the access log has the hit's entry, or, where it is not kept, whether it is passed on.</summary>
    Task<Finding> FindEntryAsync(MarkedHit hit, CancellationToken cancellationToken);

    /// <summary>Whether the subscription takes the entry's message to the function.</summary>
    Task<Finding> FindMessageAsync(MarkedHit hit, CancellationToken cancellationToken);

    /// <summary>Whether the function is there.</summary>
    Task<Finding> FindFunctionAsync(CancellationToken cancellationToken);

    /// <summary>Why there is neither a row nor a rejection, though all before it is well.</summary>
    Task<Finding.Broken> ExplainMissingRowAsync(MarkedHit hit, CancellationToken cancellationToken);
}
