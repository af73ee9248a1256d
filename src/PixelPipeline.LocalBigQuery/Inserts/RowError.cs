namespace PixelPipeline.LocalBigQuery.Inserts;

/// <summary>Why a row of a request was not inserted.</summary>
/// <param name="Index">Which row, from 0.</param>
/// <param name="Reason"><c>invalid</c>, or <c>stopped</c> when the row was fine and another one was not.</param>
/// <param name="Location">The field; empty when it is about the whole row.</param>
/// <param name="Message">BigQuery's sentence; empty with <c>stopped</c>.</param>
internal readonly record struct RowError(int Index, string Reason, string Location, string Message)
{
    /// <summary>The row does not fit the table and never will.</summary>
    public static RowError Invalid(int index, string location, string message) => new(index, "invalid", location, message);

    /// <summary>The row was held back because of another one.</summary>
    public static RowError Stopped(int index) => new(index, "stopped", "", "");
}
