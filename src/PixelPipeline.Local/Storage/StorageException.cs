using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// A request that the local Cloud Storage refuses, with the status and the reason that Cloud Storage would give
/// (<see href="https://cloud.google.com/storage/docs/json_api/v1/status-codes"/>).
/// </summary>
internal sealed class StorageException(int status, string reason, string message) : Exception(message)
{
    /// <summary>The HTTP status, 400 and up.</summary>
    public int Status => status;

    /// <summary>Cloud Storage's word for it, <c>notFound</c> for example.</summary>
    public string Reason => reason;

    /// <summary>400: the request is wrong and stays wrong.</summary>
    public static StorageException Invalid(string message) => new(StatusCodes.Status400BadRequest, "invalid", message);

    /// <summary>400: Cloud Storage has it, and this does not.</summary>
    public static StorageException NotServed(string what) => Invalid($"The local Cloud Storage does not serve {what}.");

    /// <summary>404 for an object.</summary>
    public static StorageException NotFound(string bucket, ObjectName name) =>
        new(StatusCodes.Status404NotFound, "notFound", $"No such object: {bucket}/{name}");

    /// <summary>404 for another bucket than the one.</summary>
    public static StorageException NoBucket() =>
        new(StatusCodes.Status404NotFound, "notFound", "The specified bucket does not exist.");

    /// <summary>412: the object is no longer the one that <c>ifGenerationMatch</c> names.</summary>
    public static StorageException ConditionNotMet() =>
        new(StatusCodes.Status412PreconditionFailed, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");

    /// <summary>409, which Cloud Storage does not know: a folder cannot have every two names side by side.</summary>
    public static StorageException Conflict(ObjectName name) =>
        new(StatusCodes.Status409Conflict, "conflict", $"{name} cannot be written: a folder, a file or a link is in its way.");
}
