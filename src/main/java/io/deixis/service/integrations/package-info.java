/**
 * The protocols of other tools: Label Studio's ML backend and Hugging Face's zero-shot object
 * detection. Each is one resource; one more protocol is one more class.
 */
package io.deixis.service.integrations;
